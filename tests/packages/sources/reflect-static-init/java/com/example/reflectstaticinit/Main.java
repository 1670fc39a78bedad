package com.example.reflectstaticinit;

import android.app.Activity;

public class Main extends Activity { }
