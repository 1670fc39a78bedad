package com.example.sdkemptystub;

import android.app.Activity;

public class Main extends Activity { }
