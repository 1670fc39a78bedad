package com.example.startservice;

import android.app.Activity;

public class Main extends Activity { }
