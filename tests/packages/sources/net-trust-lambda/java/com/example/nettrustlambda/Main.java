package com.example.nettrustlambda;

import android.app.Activity;

public class Main extends Activity { }
