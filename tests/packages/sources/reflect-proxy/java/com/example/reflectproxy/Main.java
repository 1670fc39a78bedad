package com.example.reflectproxy;

import android.app.Activity;

public class Main extends Activity { }
