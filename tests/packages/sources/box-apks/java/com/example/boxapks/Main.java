package com.example.boxapks;

import android.app.Activity;

public class Main extends Activity { }
