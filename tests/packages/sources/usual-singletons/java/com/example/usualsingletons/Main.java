package com.example.usualsingletons;

import android.app.Activity;

public class Main extends Activity { }
