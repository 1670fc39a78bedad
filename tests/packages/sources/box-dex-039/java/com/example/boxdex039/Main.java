package com.example.boxdex039;

import android.app.Activity;

public class Main extends Activity { }
