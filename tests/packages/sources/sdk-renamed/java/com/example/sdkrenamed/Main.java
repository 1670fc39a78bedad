package com.example.sdkrenamed;

import android.app.Activity;

public class Main extends Activity { }
