package com.example.sdkbugly;

import android.app.Activity;

public class Main extends Activity { }
