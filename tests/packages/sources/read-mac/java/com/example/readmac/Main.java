package com.example.readmac;

import android.app.Activity;

public class Main extends Activity { }
