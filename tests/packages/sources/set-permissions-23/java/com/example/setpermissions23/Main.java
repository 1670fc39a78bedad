package com.example.setpermissions23;

import android.app.Activity;

public class Main extends Activity { }
