package com.example.netsecurityconfig;

import android.app.Activity;

public class Main extends Activity { }
