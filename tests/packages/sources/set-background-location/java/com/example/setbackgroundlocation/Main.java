package com.example.setbackgroundlocation;

import android.app.Activity;

public class Main extends Activity { }
