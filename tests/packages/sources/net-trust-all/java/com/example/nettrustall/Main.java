package com.example.nettrustall;

import android.app.Activity;

public class Main extends Activity { }
