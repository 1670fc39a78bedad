package com.example.boxdexnames;

import android.app.Activity;

public class Main extends Activity { }
