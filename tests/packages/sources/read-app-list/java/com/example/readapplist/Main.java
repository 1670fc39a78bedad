package com.example.readapplist;

import android.app.Activity;

public class Main extends Activity { }
