package com.example.startapplication;

import android.app.Activity;

public class Main extends Activity { }
