package com.example.sdkunknownlibrary;

import android.app.Activity;

public class Main extends Activity { }
