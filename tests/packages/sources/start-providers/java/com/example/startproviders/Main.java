package com.example.startproviders;

import android.app.Activity;

public class Main extends Activity { }
