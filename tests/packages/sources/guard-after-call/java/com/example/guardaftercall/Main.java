package com.example.guardaftercall;

import android.app.Activity;

public class Main extends Activity { }
