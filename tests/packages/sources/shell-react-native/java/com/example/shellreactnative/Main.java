package com.example.shellreactnative;

import android.app.Activity;

public class Main extends Activity { }
