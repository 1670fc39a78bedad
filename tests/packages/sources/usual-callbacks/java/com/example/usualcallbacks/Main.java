package com.example.usualcallbacks;

import android.app.Activity;

public class Main extends Activity { }
