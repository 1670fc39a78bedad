package com.example.sdksharedprefix;

import android.app.Activity;

public class Main extends Activity { }
