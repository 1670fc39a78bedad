package com.example.asyncrx;

import android.app.Activity;

public class Main extends Activity { }
