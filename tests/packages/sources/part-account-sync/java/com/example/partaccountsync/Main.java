package com.example.partaccountsync;

import android.app.Activity;

public class Main extends Activity { }
