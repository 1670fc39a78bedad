package com.example.sdkoaid;

import android.app.Activity;

public class Main extends Activity { }
