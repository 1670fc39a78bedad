package com.example.startprocesscheck;

import android.app.Activity;

public class Main extends Activity { }
