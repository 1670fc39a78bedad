package com.example.guardhelper;

import android.app.Activity;

public class Main extends Activity { }
