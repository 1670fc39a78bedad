package com.example.netcleartext;

import android.app.Activity;

public class Main extends Activity { }
