package com.example.boxmultidex;

import android.app.Activity;

public class Main extends Activity { }
