package com.example.boxxapk;

import android.app.Activity;

public class Main extends Activity { }
