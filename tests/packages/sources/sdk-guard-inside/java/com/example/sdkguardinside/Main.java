package com.example.sdkguardinside;

import android.app.Activity;

public class Main extends Activity { }
