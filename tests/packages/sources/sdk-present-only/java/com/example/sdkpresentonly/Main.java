package com.example.sdkpresentonly;

import android.app.Activity;

public class Main extends Activity { }
