package com.example.reflectsystemproperty;

import android.app.Activity;

public class Main extends Activity { }
