package com.example.netcleartextdefaultold;

import android.app.Activity;

public class Main extends Activity { }
