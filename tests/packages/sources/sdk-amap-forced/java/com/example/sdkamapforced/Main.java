package com.example.sdkamapforced;

import android.app.Activity;

public class Main extends Activity { }
