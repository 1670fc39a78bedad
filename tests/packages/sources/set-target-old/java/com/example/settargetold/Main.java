package com.example.settargetold;

import android.app.Activity;

public class Main extends Activity { }
