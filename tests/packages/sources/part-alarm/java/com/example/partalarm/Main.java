package com.example.partalarm;

import android.app.Activity;

public class Main extends Activity { }
