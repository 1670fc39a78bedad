package com.example.bundle;

import android.app.Activity;

public class Main extends Activity { }
