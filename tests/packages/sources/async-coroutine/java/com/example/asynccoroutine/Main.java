package com.example.asynccoroutine;

import android.app.Activity;

public class Main extends Activity { }
