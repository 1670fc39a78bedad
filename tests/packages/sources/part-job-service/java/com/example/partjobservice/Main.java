package com.example.partjobservice;

import android.app.Activity;

public class Main extends Activity { }
