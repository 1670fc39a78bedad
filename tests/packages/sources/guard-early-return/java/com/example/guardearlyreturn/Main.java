package com.example.guardearlyreturn;

import android.app.Activity;

public class Main extends Activity { }
