package com.example.rtaneverinstantiated;

import android.app.Activity;

public class Main extends Activity { }
