package com.example.sdkumengearly;

import android.app.Activity;

public class Main extends Activity { }
