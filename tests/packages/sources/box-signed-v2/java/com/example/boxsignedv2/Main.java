package com.example.boxsignedv2;

import android.app.Activity;

public class Main extends Activity { }
