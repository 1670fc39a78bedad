package com.example.sdkweaksigns;

import android.app.Activity;

public class Main extends Activity { }
