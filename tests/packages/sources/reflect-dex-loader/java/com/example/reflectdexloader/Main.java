package com.example.reflectdexloader;

import android.app.Activity;

public class Main extends Activity { }
