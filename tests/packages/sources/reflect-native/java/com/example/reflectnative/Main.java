package com.example.reflectnative;

import android.app.Activity;

public class Main extends Activity { }
