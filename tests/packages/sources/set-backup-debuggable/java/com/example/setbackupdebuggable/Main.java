package com.example.setbackupdebuggable;

import android.app.Activity;

public class Main extends Activity { }
