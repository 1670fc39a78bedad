package com.example.reflectserviceloader;

import android.app.Activity;

public class Main extends Activity { }
