package com.example.boxhiddendex;

import android.app.Activity;

public class Main extends Activity { }
